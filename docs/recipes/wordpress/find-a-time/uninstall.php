<?php
/**
 * Runs when the plugin is deleted, and deletes its settings: the plugin stores nothing else.
 *
 * @package FindATime
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $find_a_time_site ) {
		delete_blog_option( $find_a_time_site, 'find_a_time' );
	}
} else {
	delete_option( 'find_a_time' );
}
