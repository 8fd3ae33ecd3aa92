import { capturePage } from './capture-page';
import { deliver } from './deliver';

// Reads the page as `capture.ts` does, under another name: what is read to be asked must never be taken for what is to be saved.
deliver(capturePage(document, Date.now()), 'reading');
