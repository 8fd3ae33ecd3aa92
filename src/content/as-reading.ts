import { markReading } from './reading-mark';

markReading();
