import { capturePage } from './capture-page';
import { deliver } from './deliver';

deliver(capturePage(document, Date.now()), 'page');
