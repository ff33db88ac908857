import { Controller, Get } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Public } from '../../http/public.js';
import { RequiresRole } from '../../http/requires-role.js';
import { DeclaredRoutes } from './declared-routes.js';

@Controller()
class Declared {
  @Get('a')
  @RequiresRole('viewer')
  a() {}

  @Get('b')
  @Public()
  b() {}

  helper() {}
}

@Controller()
class Forgotten extends Declared {
  @Get('c')
  c() {}

  @Get('d')
  d() {}
}

// A declaration for all of a class would be inherited by the routes that come later.
@Controller()
@(RequiresRole('viewer') as ClassDecorator)
class Sweeping {
  @Get('e')
  e() {}
}

async function start(...controllers: (new () => object)[]): Promise<void> {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    controllers,
    providers: [DeclaredRoutes],
  }).compile();
  await module.init();
}

describe('a process', () => {
  it('starts with routes that say who may use them', async () => {
    await expect(start(Declared)).resolves.toBeUndefined();
  });

  it('does not start with others, and names all of them', async () => {
    await expect(start(Declared, Forgotten, Sweeping)).rejects.toThrow(
      'Routes that do not say who may use them (@RequiresRole or @Public): Forgotten.c, Forgotten.d, Sweeping.e',
    );
  });
});
