export enum ModelType {
  LinearRegression = 'linear_regression',
  RandomForest = 'random_forest',
  NeuralNetwork = 'neural_network',
  Xgboost = 'xgboost',
  Transformer = 'transformer',
  Cnn = 'cnn',
  Lstm = 'lstm',
}
