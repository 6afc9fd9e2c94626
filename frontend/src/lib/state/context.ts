import { createContext } from 'svelte';
import type { AppState } from './app.svelte';

/** The page's state; reading it where none was set throws. */
export const [getApp, setApp] = createContext<AppState>();
