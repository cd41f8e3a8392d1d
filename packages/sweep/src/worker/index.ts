export { type ServeTrialsOptions, serveTrials } from './serve-trials.ts';
