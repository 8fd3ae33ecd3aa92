import { build } from 'vite';
import { distFolder } from './build-extension';

console.log(`Building into ${distFolder}/ again at each change. Load that folder once, in chrome://extensions with “Developer mode” on, by “Load unpacked”;
after a change press the reload arrow of its card there. Start this command anew after changing manifest.json. Ctrl-C ends it.\n`);
await build({ mode: 'development', build: { watch: {} } });
