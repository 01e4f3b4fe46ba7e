import type { DeskStrings } from './desk';
import { base } from './zh/base';
import { places } from './zh/places';
import { people } from './zh/people';
import { watch } from './zh/watch';

export const zh: DeskStrings = { ...base, ...places, ...people, ...watch };
