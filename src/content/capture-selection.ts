import { captureSelected } from './capture-selected';
import { deliver } from './deliver';

deliver(captureSelected(document, Date.now()), 'selection');
