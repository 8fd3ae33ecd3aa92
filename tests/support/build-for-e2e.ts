import { buildExtensionIfStale } from '../../scripts/build-extension';

export default buildExtensionIfStale;
