import { PartialType } from '@nestjs/swagger';
import { CreateDatasetRequest } from './create-dataset.request.js';

/** Any of the fields of a new dataset; `metadata` is replaced as a whole. */
export class UpdateDatasetRequest extends PartialType(CreateDatasetRequest, { skipNullProperties: false }) {}
