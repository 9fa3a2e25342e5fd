/** Examples that no task of a sequence is like, to measure how well a learner tells them from those of its tasks. */
package sluice.tasks.strangers;
