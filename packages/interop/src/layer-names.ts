/** Which layer of a file becomes which of a model: the file's names by the model's, such as `{ 'encoder/0': 'lstm' }`. */
export type LayerNames = Readonly<Record<string, string>>;
