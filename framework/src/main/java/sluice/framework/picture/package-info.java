/**
 * Generated images as files: {@link sluice.framework.picture.PictureOutput} goes by the name of the file. Images flow in one
 * at a time, and nothing but a grid is held in memory.
 */
package sluice.framework.picture;
