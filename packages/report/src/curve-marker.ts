/** How many looks of curves differ: colours of the classes `rt-curve-0` to `rt-curve-5`, and markers of as many shapes. */
const COLOURS = 6;

/** Corners of a regular polygon, and the turn of the first from the top in eighths: circle, square, triangles, … */
const shapes = [
  { corners: 32, turn: 0, radius: 3.6 },
  { corners: 4, turn: 1, radius: 4.8 },
  { corners: 3, turn: 0, radius: 5 },
  { corners: 4, turn: 0, radius: 5 },
  { corners: 3, turn: 4, radius: 5 },
  { corners: 5, turn: 0, radius: 4.6 },
] as const;

/** The most curves that can be told apart. */
export const mostCurves: number = COLOURS * shapes.length;

/** The look of one curve among many: no two have both colour and shape in common. */
export interface CurveMarker {
  readonly className: string;
  /** The corners of the marker, in pixels from the point that it marks. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}

/** Returns the look of the curve at a position, from 0. */
export function curveMarker(index: number): CurveMarker {
  const colour = index % COLOURS;
  const { corners, turn, radius } = shapes[(index + Math.floor(index / COLOURS)) % shapes.length]!;
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = 2 * Math.PI * (turn / 8 + corner / corners);
    return [radius * Math.sin(angle), -radius * Math.cos(angle)] as const;
  });
  return { className: `rt-curve-${colour}`, corners: points };
}
