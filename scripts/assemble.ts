import { writeFileSync } from 'node:fs';
import { compileScans, scansModuleFile } from './compile-scans';

writeFileSync(scansModuleFile, await compileScans());
