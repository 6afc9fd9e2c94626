// The page on a made-up program, for looking at it without Go. It is no part of
// the build. Choose a state by the hash: /dev/index.html#offline
import { mount } from 'svelte';
import App from '../src/App.svelte';
import { programIn } from './scenarios';
import '../src/styles/tokens.css';
import '../src/styles/base.css';

const target = document.getElementById('app');
const program = programIn(location.hash.slice(1) || 'list');
Object.assign(window, { program });
if (target) mount(App, { target, props: { bridge: program } });
addEventListener('hashchange', () => location.reload());
