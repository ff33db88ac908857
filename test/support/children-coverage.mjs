// Lets the processes that a suite starts measure themselves, without slowing down the suite's own process.
if (process.env.CHILDREN_COVERAGE) process.env.NODE_V8_COVERAGE = process.env.CHILDREN_COVERAGE;
