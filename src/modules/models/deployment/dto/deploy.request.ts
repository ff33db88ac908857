import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { ReasonRequest } from './reason.request.js';

export class DeployRequest extends ReasonRequest {
  @ApiPropertyOptional({
    description:
      "Passes over conditions of the model's policy that are not met; they are kept with the deployment. With a reason. A model file that is not intact cannot be passed over.",
    default: false,
  })
  @MayBeAbsent()
  @IsBoolean()
  override?: boolean;
}
