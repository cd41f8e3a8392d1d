import { runDataBench } from './run-data-bench.ts';

process.exitCode = await runDataBench(process.argv.slice(2));
