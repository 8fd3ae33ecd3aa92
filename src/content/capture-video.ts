import { captureTranscript } from './capture-transcript';
import { deliver } from './deliver';

void captureTranscript(document, Date.now()).then((capture) => deliver(capture, 'video'));
