<?php
/**
 * Loads the script and reserves the element's height, only on pages that have the element.
 *
 * @package FindATime
 */

namespace FindATime;

defined( 'ABSPATH' ) || exit;

/** Registers the script and the rule that reserves the height, if the settings name a script. */
function register_script() {
	$settings = settings();
	if ( '' === $settings['script'] ) {
		return;
	}
	// `null` as the version: WordPress would add any other to the address.
	wp_register_script( 'find-a-time', $settings['script'], array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters
	wp_register_style( 'find-a-time', false, array(), null ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters
	wp_add_inline_style( 'find-a-time', sprintf( 'find-a-time{display:block;min-block-size:%drem}', $settings['room'] ) );
}

/** Adds the script and the rule to the page. Called wherever the element is rendered. */
function enqueue() {
	wp_enqueue_script( 'find-a-time' );
	wp_enqueue_style( 'find-a-time' );
}

/** Adds the script and the rule before the head is printed, if the post has the element: a theme that prints its head before it renders the content would otherwise print the rule too late. */
function enqueue_early() {
	$post = is_singular() ? get_post() : null;
	if ( $post && is_ready() && ( has_block( 'find-a-time/element', $post ) || has_shortcode( $post->post_content, 'find_a_time' ) ) ) {
		enqueue();
	}
}

/**
 * Returns the script's tag as a module, with its integrity. `wp_enqueue_script_module` of WordPress 6.5 takes no integrity;
 * this function works in every version. Code that `wp_add_inline_script` adds before and after the tag stays.
 *
 * @param string $tag    The tag as WordPress made it.
 * @param string $handle Which script.
 * @param string $src    Its address.
 */
function as_module( $tag, $handle, $src ) {
	if ( 'find-a-time' !== $handle ) {
		return $tag;
	}
	$attributes = array(
		'type' => 'module',
		'src'  => $src,
		'id'   => 'find-a-time-js',
	);
	if ( '' !== settings()['integrity'] ) {
		$attributes['integrity']   = settings()['integrity'];
		$attributes['crossorigin'] = 'anonymous';
	}
	$own = trim( wp_get_script_tag( $attributes ) );
	return preg_replace_callback(
		'#<script\b[^>]*\ssrc=[^>]*></script>#',
		function () use ( $own ) {
			return $own;
		},
		$tag,
		1
	);
}
