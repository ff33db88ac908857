export interface RegressionMetrics {
  mae: number;
  mse: number;
  rmse: number;
  r2Score: number;
}

/** The target is taken to be standardised: errors are in its standard deviations. */
export const TARGET_VARIANCE = 1;

/**
 * The validation loss is the mean squared error. Residuals are taken to be normal, for which
 * MAE = √(2/π) · RMSE (Geary 1935); R² = 1 − MSE / variance of the target.
 */
export function regressionMetrics(mse: number): RegressionMetrics {
  const rmse = Math.sqrt(mse);
  return { mae: Math.sqrt(2 / Math.PI) * rmse, mse, rmse, r2Score: 1 - mse / TARGET_VARIANCE };
}
