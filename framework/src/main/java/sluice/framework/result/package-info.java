/** What comes of a training: accuracies, what each task took, what listeners are told on the way, and how it may end early. */
package sluice.framework.result;
