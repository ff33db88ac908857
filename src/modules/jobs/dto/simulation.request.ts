import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEnum, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { FaultKind } from '../simulation/simulation.js';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';

export class FaultRequest {
  @ApiProperty({
    description:
      'diverge: the loss explodes. plateau: no more progress. overfit: the validation loss rises. accuracy_drop: the accuracy falls. slow_epochs: epochs take ten times as long. fail: the run fails. transient_failure: the attempt fails, and the run is tried again. crash, stall, out_of_memory: the worker process dies or hangs; only where the platform allows it.',
    enum: FaultKind,
    enumName: 'FaultKind',
  })
  @IsEnum(FaultKind)
  kind: FaultKind;

  @ApiProperty({
    description: 'The epoch before whose report the fault strikes.',
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
    example: 20,
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  atEpoch: number;

  @ApiPropertyOptional({
    description:
      'fail, transient_failure, crash, stall and out_of_memory strike in the first so many attempts of the run.',
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 1,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100)
  attempts?: number;
}

/** How the simulator is to behave for a job; other engines ignore it. */
export class SimulationRequest {
  @ApiPropertyOptional({
    description: 'Runs with the same seed and settings give the same curve. Default: derived from the id of the job.',
    type: 'integer',
    minimum: 0,
    maximum: 4_294_967_295,
    example: 42,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(4_294_967_295)
  seed?: number;

  @ApiPropertyOptional({
    description: 'Milliseconds an epoch takes; 0 is as fast as the machine can. Default: a setting of the platform.',
    type: 'integer',
    minimum: 0,
    maximum: 3_600_000,
    example: 100,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  epochMs?: number;

  @ApiPropertyOptional({
    description: 'Ways in which the run is to misbehave.',
    type: () => [FaultRequest],
    maxItems: 20,
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  // @ValidateNested alone lets an item be a list, whose own items it then looks at.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FaultRequest)
  faults?: FaultRequest[];
}
