import { deliver } from '../deliver';
import { captureTranscript } from './capture-transcript';

void captureTranscript(document, Date.now()).then((capture) => deliver(capture, 'video'));
