/** This package, to those who look into a file that it wrote. The version is that of package.json; a test holds it. */
export const producer = { name: '@retrace/interop', version: '0.0.0' } as const;
