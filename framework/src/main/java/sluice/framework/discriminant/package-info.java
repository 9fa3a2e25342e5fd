/**
 * Classes told apart without the task being told: random features, of which gates choose those worth computing, sums of
 * them over all examples so far, and the linear discriminant that follows from the sums. No example is kept, and sums do
 * not depend on the order in which tasks come. {@link sluice.framework.discriminant.DiscriminantTrainer} takes a sequence
 * in; a {@link sluice.framework.discriminant.DiscriminantModel} comes out, with the accuracy of every task after every
 * task.
 */
package sluice.framework.discriminant;
