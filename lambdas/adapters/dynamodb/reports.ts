// Reports about people, in the Users table beside whom they are about.
import type { ReportStore } from '../../domain/people/ports.ts';
import { reportItem } from './items/people.ts';
import type { Table } from './table.ts';
import { ifAbsent, put } from './write.ts';

export function dynamoReports(users: Table): ReportStore {
  return {
    async add(report) {
      await put(users, reportItem.write(report), ifAbsent);
    },
  };
}
