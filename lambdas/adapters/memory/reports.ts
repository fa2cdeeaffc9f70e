// The twin of the report store; what was reported can be read back, as the operator would.
import type { Report, ReportStore } from '../../domain/people/ports.ts';
import { newShelf } from './shelf.ts';

export interface MemoryReports extends ReportStore {
  all(): Report[];
}

export function memoryReports(): MemoryReports {
  const reports = newShelf<Report>('Report');
  return {
    async add(report) {
      const key = [report.reportedId, report.reporterId, report.paymentId ?? ''];
      if (reports.get(...key) === undefined) reports.put(report, ...key);
    },
    all: () => reports.all(),
  };
}
