import { AlertAction } from './alert-action-kind.js';
import { DEFAULT_ALERTS, DEFAULT_RULE, resolveAlertSettings, RuleKind, RuleMetric } from './alert-settings.js';
import { checkAlertSettings } from './check-alert-settings.js';

const rule = { name: 'mine', metric: RuleMetric.Loss, kind: RuleKind.Threshold };

describe('alert settings', () => {
  it('are the defaults where nothing is said', () => {
    expect(resolveAlertSettings()).toEqual(DEFAULT_ALERTS);
    expect(resolveAlertSettings({ plateau: { window: undefined } })).toEqual(DEFAULT_ALERTS);
  });

  it('take any part of what is said, and keep the rest', () => {
    const settings = resolveAlertSettings({ divergence: { ratio: 4 }, rules: [{ ...rule, above: 1 }] });
    expect(settings.divergence).toEqual({ ...DEFAULT_ALERTS.divergence, ratio: 4 });
    expect(settings.rules).toEqual([{ ...DEFAULT_RULE, ...rule, above: 1 }]);
    expect(DEFAULT_ALERTS.divergence.ratio).toBe(2);
  });

  it('are what they were resolved to', () => {
    const given = { slowEpochs: { action: AlertAction.Cancel }, rules: [{ ...rule, below: 0 }] };
    const once = resolveAlertSettings(given);
    expect(resolveAlertSettings(once)).toEqual(once);
  });

  it.each([
    [{ ...rule }, 'above', 'required'],
    [{ ...rule, above: 1, below: 1 }, 'above', 'out_of_range'],
    [{ ...rule, name: 'divergence', above: 1 }, 'name', 'name_taken'],
  ])('refuse the rule %j', (given, field, code) => {
    const errors = checkAlertSettings({ rules: [{ ...rule, above: 1 }, given] });
    expect(errors).toEqual([expect.objectContaining({ pointer: `/alerts/rules/1/${field}`, code })]);
  });
});
