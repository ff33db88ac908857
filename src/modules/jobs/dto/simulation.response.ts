import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Fault, FaultKind, type Simulation } from '../simulation/simulation.js';

export class FaultResponse implements Fault {
  @ApiProperty({ description: 'How the run misbehaves.', enum: FaultKind, enumName: 'FaultKind' })
  kind: FaultKind;

  @ApiProperty({ description: 'The epoch before whose report the fault strikes.', type: 'integer' })
  atEpoch: number;

  @ApiPropertyOptional({ description: 'The first so many attempts in which it strikes.', type: 'integer' })
  attempts?: number;
}

/** What the job asked of the simulator. */
export class SimulationResponse implements Simulation {
  @ApiPropertyOptional({ description: 'The seed that was asked for.', type: 'integer', format: 'int64' })
  seed?: number;

  @ApiPropertyOptional({ description: 'Milliseconds an epoch takes.', type: 'integer' })
  epochMs?: number;

  @ApiPropertyOptional({ description: 'Ways in which the run is to misbehave.', type: () => [FaultResponse] })
  faults?: FaultResponse[];
}
