import type { DataSource } from 'typeorm';
import { Job } from './job.entity.js';

/** What is selected or returned to have rows as `Job` names them: all that is not kept for the workers, unless told. */
export function jobColumns(source: DataSource, wanted?: readonly string[]): string {
  return source
    .getMetadata(Job)
    .columns.filter(({ isSelect, isVirtual, propertyName }) =>
      wanted ? wanted.includes(propertyName) : isSelect && !isVirtual,
    )
    .map(({ type, databaseName, propertyName }) => {
      // A bigint arrives as text; those of a job stay far below 2⁵³, where a double is exact.
      const read = type === 'bigint' ? `${databaseName}::float8` : databaseName;
      return `${read} AS "${propertyName}"`;
    })
    .join(', ');
}
