/** The release that this package is of, as its package.json has it. */
export const version = '0.0.0';
