import { buildExtension, distFolder } from './build-extension';

try {
  buildExtension({ loud: true });
  console.log(
    `\nBuilt into ${distFolder}/. To load it: open chrome://extensions, switch on “Developer mode”, choose “Load unpacked” and pick that folder.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
