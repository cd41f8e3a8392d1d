export type { Curve, CurvePoint, Curves } from './curves.ts';
export { type CurvesChartOptions, curvesChart } from './curves-chart.ts';
export { type HtmlReportOptions, htmlReport, type Report } from './html-report.ts';
export type { ReportCell, ReportTable } from './report-table.ts';
export { type SeriesChartOptions, seriesChart } from './series-chart.ts';
export type { SeriesView } from './series-view.ts';
export { type TrainingChartOptions, trainingChart } from './training-chart.ts';
export type { TrainingEpoch } from './training-epoch.ts';
