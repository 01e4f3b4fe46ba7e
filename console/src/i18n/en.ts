import type { DeskStrings } from './desk';
import { base } from './en/base';
import { grid } from './en/grid';
import { people } from './en/people';
import { places } from './en/places';
import { review } from './en/review';
import { inspections } from './en/inspections';
import { reports } from './en/reports';
import { statistics } from './en/statistics';
import { training } from './en/training';
import { applications } from './en/applications';
import { forms, risks } from './en/forms';
import { watch } from './en/watch';

export const en: DeskStrings = { ...base, ...places, ...people, ...watch, grid, review, inspections, reports, statistics, training, applications, forms, risks };
