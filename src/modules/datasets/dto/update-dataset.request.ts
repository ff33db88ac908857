import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateDatasetRequest } from './create-dataset.request.js';

/** Any of the fields of a new dataset but its origin; `metadata` is replaced as a whole. */
export class UpdateDatasetRequest extends PartialType(OmitType(CreateDatasetRequest, ['derivedFrom']), {
  skipNullProperties: false,
}) {}
