// The names of what the books are measured by: the books stack counts it, the dashboard shows it.
import type { MetricName } from '../constructs/node-lambda.ts';

type BooksMetric = 'PercentMatched' | 'OldestDifferenceHours' | 'BooksDiffer' | 'EventsMissed';

export function booksMetric(stage: string, metricName: BooksMetric): MetricName {
  return { namespace: `Tender/${stage}`, metricName };
}
