/** Internal: from the scores of a discriminant to probabilities. No API: may change with every version. */
package sluice.framework.predict.internal.discriminant;
