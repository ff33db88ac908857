import { ApiProperty } from '@nestjs/swagger';

export class StreamTicketResponse {
  @ApiProperty({ description: 'Opaque; goes into the stream’s query as `ticket`.' })
  ticket: string;

  @ApiProperty({
    description:
      'Until when a stream can be opened with it; one that is open goes on until the token ends that asked for the ticket. ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  expiresAt: Date;
}
