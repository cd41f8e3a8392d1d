/** The metadata key of a model file that lists the losses added to the model, as JSON. */
export const lossesKey = 'retrace.losses';

/** Functions for the added losses of a model file, by name: those that were given to `addLoss`. */
export type LossFunctions = Readonly<Record<string, (state: never) => unknown>>;
