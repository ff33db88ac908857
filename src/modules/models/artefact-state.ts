/** What is known of a stored model file: it is what was stored, is something else, is not there, or was deleted. */
export enum ArtefactState {
  Intact = 'intact',
  Damaged = 'damaged',
  Missing = 'missing',
  Deleted = 'deleted',
}
