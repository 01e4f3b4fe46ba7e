// placeholder while the words are being written: replaced by an interface
import type { zh } from './zh';
export type DeskStrings = typeof zh;
