/**
 * Finds the task of an example that nobody tells: densities of tasks from sums of their training examples, and a choice among them by
 * held-out training examples.
 */
package sluice.framework.inference;
