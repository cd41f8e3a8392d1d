export { argumentError, checkInteger, checkKeys, checkNumber, checkOneOf } from './checks.ts';
export { checkFlagColumn, checkNumberColumn } from './column-checks.ts';
export { type ErrorCode, isRetraceError, RetraceError } from './error.ts';
export { nearest } from './nearest.ts';
export { received } from './received.ts';
export {
  checkFormat,
  checkNames,
  checkNumbers,
  checkRecord,
  checkState,
  refuseLaterVersion,
} from './state-checks.ts';
