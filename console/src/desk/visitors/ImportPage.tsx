import { ListImport } from '../parts/ListImport';

export function Component() {
  return <ListImport list="visitors" />;
}
