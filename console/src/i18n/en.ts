import type { DeskStrings } from './desk';
import { base } from './en/base';
import { grid } from './en/grid';
import { people } from './en/people';
import { places } from './en/places';
import { review } from './en/review';
import { inspections } from './en/inspections';
import { projects } from './en/projects';
import { reports } from './en/reports';
import { training } from './en/training';
import { applications } from './en/applications';
import { editing } from './en/editing';
import { forms, risks } from './en/forms';
import { rulebook } from './en/rulebook';
import { checklists } from './en/checklists';
import { watch } from './en/watch';
import { shiftPlan } from './en/shifts';

export const en: DeskStrings = { ...base, ...places, ...people, ...watch, grid, review, inspections, projects, reports, training, applications, editing, forms, risks, rulebook, checklists, shiftPlan };
