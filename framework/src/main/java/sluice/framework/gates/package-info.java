/** The gates of a task: settings, units in groups, logits while they learn, reuse of what is frozen, and what is kept of them in the end. */
package sluice.framework.gates;
