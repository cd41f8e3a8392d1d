/** How much windows of a class count in the loss, by the class; classes that are absent weigh 1. */
export type ClassWeight = Readonly<Record<number, number>>;
