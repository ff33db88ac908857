import { quietNest } from './quiet-nest.js';

describe('quietNest', () => {
  const log = jest.fn();
  const error = jest.fn();
  const logger = quietNest({ log, error, warn: jest.fn() });

  it('drops what Nest says about its own start', () => {
    logger.log('Mapped {/x, GET} route', 'RouterExplorer');
    logger.error(new Error('said again by whoever starts'), 'stack', 'ExceptionHandler');
    expect(log).not.toHaveBeenCalled();
    expect(error).not.toHaveBeenCalled();
  });

  it('passes everything else on', () => {
    logger.log({ msg: 'Job created' }, 'Jobs');
    logger.error('plain');
    expect(log).toHaveBeenCalledWith({ msg: 'Job created' }, 'Jobs');
    expect(error).toHaveBeenCalledWith('plain');
  });
});
