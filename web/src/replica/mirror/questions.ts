/** The questions and answers, which are plain data of the model, under the name by which this room knows them. */
export * from '../model/mirror-questions.ts';
