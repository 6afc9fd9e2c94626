import { mount } from 'svelte';
import App from './App.svelte';
import { wailsBridge } from '$lib/bridge/wails';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (target) mount(App, { target, props: { bridge: wailsBridge() } });
