import { capturePage } from './capture-page';
import { deliver } from './deliver';
import { takeReadingMark } from './reading-mark';

// Before anything else: what is read to be asked must never be taken for what is to be saved, nor the other way round.
const script = takeReadingMark() ? 'reading' : 'page';
deliver(capturePage(document, Date.now()), script);
